// Made by `npm run generate` from spec/tenants.openapi.yaml. Do not edit.
"use strict";
export const validateNewEvent = validate21;
const schema6 = {"type":"object","additionalProperties":false,"required":["type","data"],"properties":{"type":{"$ref":"EventTypeName"},"data":{"type":"object","additionalProperties":true},"tenant":{"type":"string","maxLength":64},"orderingKey":{"type":"string","pattern":"^[\\w:.-]{1,128}$","x-rule":"must be 1 to 128 letters, digits or _ : . -"}},"x-null-is-absent":["tenant","orderingKey"],"$id":"NewEvent"};
const schema7 = {"type":"string","maxLength":64,"pattern":"^[a-z][a-z0-9_]*(?:\\.[a-z0-9_]+)*$","x-rule":"must be words of small letters, digits or _, joined by dots, and begin with a letter","$id":"EventTypeName"};
const func2 = (text) => { let length = 0; for (const _ of text) length += 1; return length; };
const pattern0 = new RegExp("^[a-z][a-z0-9_]*(?:\\.[a-z0-9_]+)*$", "u");

function validate22(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="EventTypeName" */;
let vErrors = null;
let errors = 0;
if(typeof data === "string"){
if(func2(data) > 64){
const err0 = {instancePath,keyword:"maxLength",params:{limit: 64}};
errors = (vErrors ??= []).push(err0);
}
if(!pattern0.test(data)){
const err1 = {instancePath,keyword:"pattern",params:{pattern: "^[a-z][a-z0-9_]*(?:\\.[a-z0-9_]+)*$"}};
errors = (vErrors ??= []).push(err1);
}
}
else {
const err2 = {instancePath,keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err2);
}
validate22.errors = vErrors;
return errors === 0;
}

const pattern1 = new RegExp("^[\\w:.-]{1,128}$", "u");

function validate21(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="NewEvent" */;
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.tenant === null){
delete data.tenant;
}
if(data.orderingKey === null){
delete data.orderingKey;
}
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.type === undefined){
const err0 = {instancePath,keyword:"required",params:{missingProperty: "type"}};
errors = (vErrors ??= []).push(err0);
}
if(data.data === undefined){
const err1 = {instancePath,keyword:"required",params:{missingProperty: "data"}};
errors = (vErrors ??= []).push(err1);
}
for(const key0 in data){
if(!((((key0 === "type") || (key0 === "data")) || (key0 === "tenant")) || (key0 === "orderingKey"))){
const err2 = {instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}};
errors = (vErrors ??= []).push(err2);
}
}
if(data.type !== undefined){
if(!(validate22(data.type, {instancePath:instancePath+"/type",parentData:data,parentDataProperty:"type",rootData}))){
vErrors ??= [];
for (const error of validate22.errors) vErrors.push(error);
errors = vErrors.length;
}
}
if(data.data !== undefined){
let data1 = data.data;
if(!(data1 && typeof data1 == "object" && !Array.isArray(data1))){
const err3 = {instancePath:instancePath+"/data",keyword:"type",params:{type: "object"}};
errors = (vErrors ??= []).push(err3);
}
}
if(data.tenant !== undefined){
let data2 = data.tenant;
if(typeof data2 === "string"){
if(func2(data2) > 64){
const err4 = {instancePath:instancePath+"/tenant",keyword:"maxLength",params:{limit: 64}};
errors = (vErrors ??= []).push(err4);
}
}
else {
const err5 = {instancePath:instancePath+"/tenant",keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err5);
}
}
if(data.orderingKey !== undefined){
let data3 = data.orderingKey;
if(typeof data3 === "string"){
if(!pattern1.test(data3)){
const err6 = {instancePath:instancePath+"/orderingKey",keyword:"pattern",params:{pattern: "^[\\w:.-]{1,128}$"}};
errors = (vErrors ??= []).push(err6);
}
}
else {
const err7 = {instancePath:instancePath+"/orderingKey",keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err7);
}
}
}
else {
const err8 = {instancePath,keyword:"type",params:{type: "object"}};
errors = (vErrors ??= []).push(err8);
}
validate21.errors = vErrors;
return errors === 0;
}

export const validateEventTypeDefinition = validate24;
const schema8 = {"type":"object","additionalProperties":false,"required":["schema"],"properties":{"description":{"$ref":"Description"},"schema":{"type":"object","additionalProperties":true},"example":{"type":"object","additionalProperties":true}},"x-null-is-absent":["description","example"],"$id":"EventTypeDefinition"};
const schema9 = {"type":"string","maxLength":500,"pattern":"^[^\\p{Cc}\\p{Cs}\\p{Noncharacter_Code_Point}]*$","x-rule":"must not have control characters, lone surrogates or noncharacters","$id":"Description"};
const pattern2 = new RegExp("^[^\\p{Cc}\\p{Cs}\\p{Noncharacter_Code_Point}]*$", "u");

function validate25(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="Description" */;
let vErrors = null;
let errors = 0;
if(typeof data === "string"){
if(func2(data) > 500){
const err0 = {instancePath,keyword:"maxLength",params:{limit: 500}};
errors = (vErrors ??= []).push(err0);
}
if(!pattern2.test(data)){
const err1 = {instancePath,keyword:"pattern",params:{pattern: "^[^\\p{Cc}\\p{Cs}\\p{Noncharacter_Code_Point}]*$"}};
errors = (vErrors ??= []).push(err1);
}
}
else {
const err2 = {instancePath,keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err2);
}
validate25.errors = vErrors;
return errors === 0;
}


function validate24(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="EventTypeDefinition" */;
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.description === null){
delete data.description;
}
if(data.example === null){
delete data.example;
}
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.schema === undefined){
const err0 = {instancePath,keyword:"required",params:{missingProperty: "schema"}};
errors = (vErrors ??= []).push(err0);
}
for(const key0 in data){
if(!(((key0 === "description") || (key0 === "schema")) || (key0 === "example"))){
const err1 = {instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}};
errors = (vErrors ??= []).push(err1);
}
}
if(data.description !== undefined){
if(!(validate25(data.description, {instancePath:instancePath+"/description",parentData:data,parentDataProperty:"description",rootData}))){
vErrors ??= [];
for (const error of validate25.errors) vErrors.push(error);
errors = vErrors.length;
}
}
if(data.schema !== undefined){
let data1 = data.schema;
if(!(data1 && typeof data1 == "object" && !Array.isArray(data1))){
const err2 = {instancePath:instancePath+"/schema",keyword:"type",params:{type: "object"}};
errors = (vErrors ??= []).push(err2);
}
}
if(data.example !== undefined){
let data2 = data.example;
if(!(data2 && typeof data2 == "object" && !Array.isArray(data2))){
const err3 = {instancePath:instancePath+"/example",keyword:"type",params:{type: "object"}};
errors = (vErrors ??= []).push(err3);
}
}
}
else {
const err4 = {instancePath,keyword:"type",params:{type: "object"}};
errors = (vErrors ??= []).push(err4);
}
validate24.errors = vErrors;
return errors === 0;
}

export const validateEventTypeName = validate22;

export const validateNewTenant = validate27;
const schema10 = {"type":"object","additionalProperties":false,"properties":{"name":{"$ref":"Name"}},"x-null-is-absent":["name"],"$id":"NewTenant"};
const schema11 = {"type":"string","maxLength":200,"pattern":"^[^\\p{Cc}\\p{Cs}\\p{Noncharacter_Code_Point}]*$","x-rule":"must not have control characters, lone surrogates or noncharacters","$id":"Name"};

function validate28(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="Name" */;
let vErrors = null;
let errors = 0;
if(typeof data === "string"){
if(func2(data) > 200){
const err0 = {instancePath,keyword:"maxLength",params:{limit: 200}};
errors = (vErrors ??= []).push(err0);
}
if(!pattern2.test(data)){
const err1 = {instancePath,keyword:"pattern",params:{pattern: "^[^\\p{Cc}\\p{Cs}\\p{Noncharacter_Code_Point}]*$"}};
errors = (vErrors ??= []).push(err1);
}
}
else {
const err2 = {instancePath,keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err2);
}
validate28.errors = vErrors;
return errors === 0;
}


function validate27(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="NewTenant" */;
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.name === null){
delete data.name;
}
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(key0 === "name")){
const err0 = {instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}};
errors = (vErrors ??= []).push(err0);
}
}
if(data.name !== undefined){
if(!(validate28(data.name, {instancePath:instancePath+"/name",parentData:data,parentDataProperty:"name",rootData}))){
vErrors ??= [];
for (const error of validate28.errors) vErrors.push(error);
errors = vErrors.length;
}
}
}
else {
const err1 = {instancePath,keyword:"type",params:{type: "object"}};
errors = (vErrors ??= []).push(err1);
}
validate27.errors = vErrors;
return errors === 0;
}

export const rules = {
    "^[\\w:.-]{1,128}$": "must be 1 to 128 letters, digits or _ : . -",
    "^[a-z][a-z0-9_]*(?:\\.[a-z0-9_]+)*$": "must be words of small letters, digits or _, joined by dots, and begin with a letter",
    "^[^\\p{Cc}\\p{Cs}\\p{Noncharacter_Code_Point}]*$": "must not have control characters, lone surrogates or noncharacters"
};
