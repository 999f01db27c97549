// Made by `npm run generate` from spec/messages.openapi.yaml. Do not edit.
"use strict";
export const validateNewMessage = validate21;
const schema6 = {"type":"object","additionalProperties":false,"required":["messageType","message"],"properties":{"messageType":{"$ref":"MessageType"},"message":{"type":"object","additionalProperties":true}},"$id":"NewMessage"};
const schema7 = {"type":"string","pattern":"^[A-Za-z][A-Za-z0-9._-]{0,127}$","x-rule":"must be 1 to 128 letters, digits or . _ - and begin with a letter","$id":"MessageType"};
const pattern0 = new RegExp("^[A-Za-z][A-Za-z0-9._-]{0,127}$", "u");

function validate22(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="MessageType" */;
let vErrors = null;
let errors = 0;
if(typeof data === "string"){
if(!pattern0.test(data)){
const err0 = {instancePath,keyword:"pattern",params:{pattern: "^[A-Za-z][A-Za-z0-9._-]{0,127}$"}};
errors = (vErrors ??= []).push(err0);
}
}
else {
const err1 = {instancePath,keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err1);
}
validate22.errors = vErrors;
return errors === 0;
}


function validate21(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="NewMessage" */;
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.messageType === undefined){
const err0 = {instancePath,keyword:"required",params:{missingProperty: "messageType"}};
errors = (vErrors ??= []).push(err0);
}
if(data.message === undefined){
const err1 = {instancePath,keyword:"required",params:{missingProperty: "message"}};
errors = (vErrors ??= []).push(err1);
}
for(const key0 in data){
if(!((key0 === "messageType") || (key0 === "message"))){
const err2 = {instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}};
errors = (vErrors ??= []).push(err2);
}
}
if(data.messageType !== undefined){
if(!(validate22(data.messageType, {instancePath:instancePath+"/messageType",parentData:data,parentDataProperty:"messageType",rootData}))){
vErrors ??= [];
for (const error of validate22.errors) vErrors.push(error);
errors = vErrors.length;
}
}
if(data.message !== undefined){
let data1 = data.message;
if(!(data1 && typeof data1 == "object" && !Array.isArray(data1))){
const err3 = {instancePath:instancePath+"/message",keyword:"type",params:{type: "object"}};
errors = (vErrors ??= []).push(err3);
}
}
}
else {
const err4 = {instancePath,keyword:"type",params:{type: "object"}};
errors = (vErrors ??= []).push(err4);
}
validate21.errors = vErrors;
return errors === 0;
}

export const rules = {
    "^[A-Za-z][A-Za-z0-9._-]{0,127}$": "must be 1 to 128 letters, digits or . _ - and begin with a letter"
};
